package io.vmferry.spi.model;

/**
 * A device that is neither disk nor NIC.
 *
 * @param kind {@code cdrom}, {@code floppy}, {@code usb}, {@code pci-passthrough}, {@code gpu}, {@code sound}, {@code serial},
 *     {@code parallel}, {@code watchdog}, {@code other}
 * @param detail in the source's words
 */
public record Device(String kind, String label, String detail) {}
