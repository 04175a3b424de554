package io.vmferry.spi.image;

/**
 * How far an image has safely got.
 *
 * @param position every virtual byte below it is durable in the store
 * @param state what else the writer needs in order to go on; opaque, short, printable
 */
public record Checkpoint(long position, String state) {}
