package io.vmferry.rules.model;

import org.jspecify.annotations.Nullable;

/**
 * One rule of a list: a condition, and what follows from it.
 *
 * @param name what plans and overrides call it; {@code networks[0]} when the file gives none
 * @param match null for the default, which matches everything
 * @param to null when the rule blocks
 * @param block the reason to refuse; null when the rule maps
 */
public record MappingRule<M, T>(
        String name,
        @Nullable M match,
        @Nullable T to,
        @Nullable String block) {}
