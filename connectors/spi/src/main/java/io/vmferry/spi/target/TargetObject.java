package io.vmferry.spi.target;

/**
 * An object as it will be written to the target.
 *
 * @param manifest YAML document, ends with a line feed
 */
public record TargetObject(ObjectRef ref, String manifest) {}
