package io.vmferry.simulator.vsphere.http;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** The faults of one simulator. The first one that fits a request is the one that happens. Safe for many threads. */
public final class Faults {
    private final List<Fault> faults = new CopyOnWriteArrayList<>();
    private volatile CountDownLatch stalled = new CountDownLatch(1);

    public Fault onSoap() {
        return on(Part.SOAP);
    }

    public Fault onRest() {
        return on(Part.REST);
    }

    public Fault onFolder() {
        return on(Part.FOLDER);
    }

    public Fault onNfc() {
        return on(Part.NFC);
    }

    public Fault on(Part part) {
        Fault fault = new Fault(part);
        faults.add(fault);
        return fault;
    }

    /** Ends all faults; what stalls is broken off. */
    public void clear() {
        faults.clear();
        CountDownLatch old = stalled;
        stalled = new CountDownLatch(1);
        old.countDown();
    }

    Fault.Action action(Endpoint server, Part part, String target) {
        for (Fault fault : faults) {
            if (fault.meets(server, part, target)) {
                return fault.action();
            }
        }
        return Fault.Action.NONE;
    }

    CountDownLatch stall() {
        return stalled;
    }
}
