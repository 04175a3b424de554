package io.vmferry.vmware.vsphere.client;

/**
 * What the server says about itself before anybody logs in.
 *
 * @param product {@code VMware vCenter Server}
 * @param version {@code 8.0.3}
 * @param build empty where it does not say
 * @param apiVersion the newest version of the API that it speaks
 * @param instanceUuid tells two vCenters apart; empty for an ESXi host
 * @param vcenter false for a single ESXi host
 */
public record ServerFacts(
        String product, String version, String build, String apiVersion, String instanceUuid, boolean vcenter) {
    static ServerFacts of(XmlNode about) {
        return new ServerFacts(
                about.text("name", "vSphere"),
                about.text("version", ""),
                about.text("build", ""),
                about.text("apiVersion", ""),
                about.text("instanceUuid", ""),
                about.text("apiType", "VirtualCenter").equals("VirtualCenter"));
    }
}
