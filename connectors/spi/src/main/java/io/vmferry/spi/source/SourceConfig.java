package io.vmferry.spi.source;

import io.vmferry.spi.config.Settings;

/**
 * One source of a migration file.
 *
 * @param name how the rest of the file refers to it
 * @param type {@link SourceConnector#type}
 */
public record SourceConfig(String name, String type, Settings settings) {}
