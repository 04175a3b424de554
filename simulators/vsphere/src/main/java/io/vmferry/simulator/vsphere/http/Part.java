package io.vmferry.simulator.vsphere.http;

/** The parts of a server that clients talk to; faults are set for one of them. */
public enum Part {
    /** The web services. */
    SOAP,
    /** Tags over REST. */
    REST,
    /** Files of datastores. */
    FOLDER,
    /** Exports under a lease. */
    NFC
}
