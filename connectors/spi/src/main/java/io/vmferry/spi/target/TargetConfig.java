package io.vmferry.spi.target;

import io.vmferry.spi.config.Settings;

/**
 * The target of a migration file.
 *
 * @param migration name of the migration; part of the labels of everything that is created
 * @param type {@link TargetConnector#type}
 */
public record TargetConfig(String migration, String type, Settings settings) {}
