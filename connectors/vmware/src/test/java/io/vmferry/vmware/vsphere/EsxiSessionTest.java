package io.vmferry.vmware.vsphere;

import io.vmferry.simulator.vsphere.http.Endpoint;

/** The same over a single ESXi host. */
class EsxiSessionTest extends VsphereSessionTest {
    @Override
    Endpoint server() {
        return simulator.esxi(simulator.world().vm("web").host());
    }
}
