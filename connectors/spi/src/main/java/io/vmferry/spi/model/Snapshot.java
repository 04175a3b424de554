package io.vmferry.spi.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A snapshot that exists at the source. */
public record Snapshot(String key, String name, @Nullable Instant created, boolean current) {}
