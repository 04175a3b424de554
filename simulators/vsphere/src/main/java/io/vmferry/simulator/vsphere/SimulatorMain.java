package io.vmferry.simulator.vsphere;

import io.vmferry.simulator.vsphere.world.Host;
import io.vmferry.simulator.vsphere.world.World;
import java.io.IOException;

/** Runs a simulator by hand until its standard input ends. Arguments: number of machines (10), seed (1). */
public final class SimulatorMain {
    private SimulatorMain() {}

    public static void main(String[] arguments) throws IOException {
        int machines = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10;
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
        World world = Fleet.seeded(seed, machines);
        try (VsphereSimulator simulator = VsphereSimulator.start(world)) {
            System.out.println("vCenter  " + simulator.sdk() + "  user " + World.USER + "  password " + World.PASSWORD);
            System.out.println("sha256   " + simulator.vcenter().sha256());
            for (Host host : world.hosts()) {
                System.out.println(
                        "host     " + host.name() + "  " + simulator.esxi(host).uri());
            }
            System.out.print(simulator.caPem());
            System.out.println("Ends with its input (Ctrl-D).");
            while (System.in.read() >= 0) {
                // Nothing is read but the end.
            }
        }
    }
}
