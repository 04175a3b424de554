package io.vmferry.spi.model;

/**
 * Processor topology.
 *
 * @param sockets at least 1
 * @param coresPerSocket at least 1
 * @param threadsPerCore 1 for VMware
 * @param architecture as KubeVirt names it: {@code amd64}, {@code arm64}
 */
public record Cpu(int sockets, int coresPerSocket, int threadsPerCore, String architecture) {
    public int vcpus() {
        return sockets * coresPerSocket * threadsPerCore;
    }
}
