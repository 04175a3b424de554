package io.vmferry.spi.source;

/**
 * What the other side says it is.
 *
 * @param product for instance {@code VMware vCenter Server}
 * @param version empty where there is none
 * @param id tells two servers of the same name apart; empty where there is none
 * @param trust how the connection is trusted, in words; {@code insecure} is printed in the report
 */
public record SourceInfo(String product, String version, String id, String trust) {}
