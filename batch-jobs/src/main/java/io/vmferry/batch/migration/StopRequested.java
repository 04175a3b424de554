package io.vmferry.batch.migration;

/** A wait ended early because the process is to stop. Nothing failed. */
final class StopRequested extends RuntimeException {
    private static final long serialVersionUID = 1;

    StopRequested(String waitingFor) {
        super(waitingFor, null, false, false);
    }
}
