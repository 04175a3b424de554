package io.vmferry.batch.inventory;

import io.vmferry.spi.source.SourceInfo;

/**
 * A source in an inventory file.
 *
 * @param location address or paths, for people, without secrets
 */
public record SavedSource(String name, String type, String location, SourceInfo info) {}
