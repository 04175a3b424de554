package io.vmferry.spi.model;

/**
 * Names one VM of one source, for as long as the source keeps it.
 *
 * @param source name of the source in the migration file
 * @param key what the source itself tells VMs apart by: moref and instance UUID, oVirt id, path of an OVA
 * @param name display name; may repeat within a source
 */
public record VmRef(String source, String key, String name) {}
