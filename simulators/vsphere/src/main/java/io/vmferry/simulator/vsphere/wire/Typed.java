package io.vmferry.simulator.vsphere.wire;

/**
 * A value whose type the Java class does not tell: an enumeration or a base64 text.
 *
 * @param type as in {@code xsi:type}, with its prefix where it is not of vim25
 */
public record Typed(String type, String text) {}
