package io.vmferry.spi.target;

/** A kind of target: {@code directory}, {@code kubevirt}. Stateless; found by {@link java.util.ServiceLoader}. */
public interface TargetConnector {
    /** The word in the migration file's {@code type}. */
    String type();

    TargetSession open(TargetConfig config);
}
