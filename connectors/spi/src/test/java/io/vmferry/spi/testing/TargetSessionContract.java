package io.vmferry.spi.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.ContentDigest;
import io.vmferry.spi.plan.DiskPlan;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.Severity;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.target.DiskEvidence;
import io.vmferry.spi.target.DiskSink;
import io.vmferry.spi.target.ObjectRef;
import io.vmferry.spi.target.PreparedDisk;
import io.vmferry.spi.target.TargetObject;
import io.vmferry.spi.target.TargetSession;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What every target promises: steps can be repeated, names follow from the plan, nothing of others is touched.
 *
 * <p>Implementations give a target that is empty when a test begins and the same through one test.
 */
public abstract class TargetSessionContract {
    private static final String MIGRATION = "wave-1";

    /** Opens the test's target for a migration. */
    protected abstract TargetSession open(String migration);

    /** A plan that the target takes, with two disks or more; same name, same plan, and keys differ with names. */
    protected abstract VmPlan plan(String vmName);

    /** The same disk after its content changed at the source. */
    protected abstract DiskPlan drifted(DiskPlan disk);

    /**
     * Puts something of somebody else where the VM would go.
     *
     * @return asserts that it is as it was put
     */
    protected abstract Runnable placeForeign(VmPlan vm);

    @Test
    void manifestsArePureAndStable() {
        VmPlan vm = plan("web01");
        List<TargetObject> first;
        try (TargetSession target = open(MIGRATION)) {
            first = target.manifests(vm);
            assertThat(target.manifests(vm)).isEqualTo(first);
            assertThat(target.ours(Optional.empty()))
                    .as("manifests create nothing")
                    .isEmpty();
        }
        try (TargetSession target = open(MIGRATION)) {
            assertThat(target.manifests(vm)).isEqualTo(first);
        }
        assertThat(first)
                .isNotEmpty()
                .allSatisfy(object -> assertThat(object.manifest())
                        .endsWith("\n")
                        .contains(object.ref().name())
                        .contains(MIGRATION)
                        .contains(vm.key()));
    }

    @Test
    void manifestsOfTwoVmsHaveNoNameInCommon() {
        try (TargetSession target = open(MIGRATION)) {
            assertThat(refs(target.manifests(plan("web01"))))
                    .doesNotContainAnyElementsOf(refs(target.manifests(plan("web02"))));
        }
    }

    @Test
    void preflightLooksOnly() {
        VmPlan vm = plan("web01");
        try (TargetSession target = open(MIGRATION)) {
            List<Finding> findings = target.preflight(vm);
            assertThat(findings).noneMatch(finding -> finding.severity() == Severity.BLOCKER);
            assertThat(target.preflight(vm)).isEqualTo(findings);
            assertThat(target.ours(Optional.empty())).isEmpty();
        }
    }

    @Test
    void diskIsNewThenBegunThenFinished() {
        VmPlan vm = plan("web01");
        DiskPlan disk = vm.disks().get(0);
        try (TargetSession target = open(MIGRATION)) {
            assertThat(target.prepareDisk(vm, disk).state()).isEqualTo(PreparedDisk.State.NEW);
            assertThat(target.prepareDisk(vm, disk).state()).isEqualTo(PreparedDisk.State.NEW);
            boolean seekable;
            try (DiskSink sink = target.openSink(vm, disk)) {
                seekable = sink instanceof DiskSink.Seekable;
                write(sink, new byte[512]);
            }
            PreparedDisk abandoned = target.prepareDisk(vm, disk);
            assertThat(abandoned.state())
                    .isEqualTo(seekable ? PreparedDisk.State.BEGUN : abandoned.state())
                    .isNotEqualTo(PreparedDisk.State.FINISHED);
            assertThat(abandoned.evidence()).isNull();

            DiskEvidence evidence = finish(target, vm, disk, (byte) 7);
            assertThat(target.prepareDisk(vm, disk))
                    .satisfies(prepared -> assertThat(prepared.state()).isEqualTo(PreparedDisk.State.FINISHED))
                    .satisfies(prepared -> assertThat(prepared.evidence()).isEqualTo(evidence));
        }
        try (TargetSession later = open(MIGRATION)) {
            assertThat(later.prepareDisk(vm, disk).state()).isEqualTo(PreparedDisk.State.FINISHED);
        }
    }

    @Test
    void seekableSinkGoesOnWhereItWas() {
        VmPlan vm = plan("web01");
        DiskPlan disk = vm.disks().get(0);
        try (TargetSession target = open(MIGRATION)) {
            target.prepareDisk(vm, disk);
            try (DiskSink sink = target.openSink(vm, disk)) {
                if (!(sink instanceof DiskSink.Seekable seekable)) {
                    return;
                }
                seekable.store().write(0, ByteBuffer.wrap(new byte[] {1, 2, 3}));
            }
            try (DiskSink sink = target.openSink(vm, disk)) {
                ByteBuffer found = ByteBuffer.allocate(3);
                ((DiskSink.Seekable) sink).store().read(0, found);
                assertThat(found.array()).containsExactly(1, 2, 3);
            }
        }
    }

    @Test
    void oneWriterAtATime() {
        VmPlan vm = plan("web01");
        DiskPlan disk = vm.disks().get(0);
        try (TargetSession target = open(MIGRATION);
                TargetSession other = open(MIGRATION)) {
            target.prepareDisk(vm, disk);
            try (DiskSink sink = target.openSink(vm, disk)) {
                assertThat(sink).isNotNull();
                assertThatThrownBy(() -> other.openSink(vm, disk).close()).isInstanceOf(VmferryException.class);
            }
            finish(other, vm, disk, (byte) 1);
        }
    }

    @Test
    void driftedDiskIsCopiedAgainAndReplaced() {
        VmPlan vm = plan("web01");
        DiskPlan disk = vm.disks().get(0);
        DiskPlan drifted = drifted(disk);
        try (TargetSession target = open(MIGRATION)) {
            finish(target, vm, disk, (byte) 1);
            assertThat(target.prepareDisk(vm, drifted).state()).isNotEqualTo(PreparedDisk.State.FINISHED);
            DiskEvidence evidence = finish(target, vm, drifted, (byte) 2);
            assertThat(target.prepareDisk(vm, drifted).evidence()).isEqualTo(evidence);
            assertThat(target.prepareDisk(vm, disk).state()).isNotEqualTo(PreparedDisk.State.FINISHED);
        }
    }

    @Test
    void vmWaitsForItsDisks() {
        VmPlan vm = plan("web01");
        try (TargetSession target = open(MIGRATION)) {
            finish(target, vm, vm.disks().get(0), (byte) 1);
            assertThatThrownBy(() -> target.createVm(vm)).isInstanceOf(VmferryException.class);
        }
    }

    @Test
    void vmIsCreatedOnceAndAdoptedThen() {
        VmPlan vm = plan("web01");
        try (TargetSession target = open(MIGRATION)) {
            List<ObjectRef> created = create(target, vm);
            assertThat(created).isNotEmpty();
            assertThat(target.createVm(vm)).isEqualTo(created);
            assertThat(target.ours(Optional.of(vm.key()))).containsAll(created);
        }
        try (TargetSession later = open(MIGRATION)) {
            assertThat(later.createVm(vm)).isNotEmpty();
        }
    }

    @Test
    void foreignObjectIsNeverTouched() {
        VmPlan vm = plan("web01");
        Runnable untouched = placeForeign(vm);
        try (TargetSession target = open(MIGRATION)) {
            refusesEverything(target, vm);
            assertThat(target.ours(Optional.empty())).isEmpty();
        }
        untouched.run();
    }

    @Test
    void vmOfAnotherMigrationIsForeign() {
        VmPlan vm = plan("web01");
        try (TargetSession other = open("wave-2")) {
            create(other, vm);
            List<ObjectRef> theirs = other.ours(Optional.empty());
            try (TargetSession target = open(MIGRATION)) {
                refusesEverything(target, vm);
                assertThat(target.ours(Optional.empty())).isEmpty();
                assertThat(theirs)
                        .isNotEmpty()
                        .allSatisfy(object ->
                                assertThatThrownBy(() -> target.delete(object)).isInstanceOf(VmferryException.class));
            }
            assertThat(other.ours(Optional.empty())).isEqualTo(theirs);
        }
    }

    @Test
    void oursAreFoundAndRemovedInOrder() {
        VmPlan web01 = plan("web01");
        VmPlan web02 = plan("web02");
        try (TargetSession target = open(MIGRATION)) {
            create(target, web01);
            create(target, web02);
            List<ObjectRef> all = target.ours(Optional.empty());
            List<ObjectRef> one = target.ours(Optional.of(web01.key()));
            assertThat(one).isNotEmpty();
            assertThat(all).containsAll(one).hasSizeGreaterThan(one.size());

            one.forEach(target::delete);

            assertThat(target.ours(Optional.of(web01.key()))).isEmpty();
            List<ObjectRef> left = new ArrayList<>(all);
            left.removeAll(one);
            assertThat(target.ours(Optional.empty())).isEqualTo(left);
            one.forEach(target::delete);
            assertThat(target.prepareDisk(web01, web01.disks().get(0)).state()).isEqualTo(PreparedDisk.State.NEW);
        }
    }

    @Test
    void abandonedDiskIsOursToRemove() {
        VmPlan vm = plan("web01");
        DiskPlan disk = vm.disks().get(0);
        try (TargetSession target = open(MIGRATION)) {
            target.prepareDisk(vm, disk);
            try (DiskSink sink = target.openSink(vm, disk)) {
                write(sink, new byte[512]);
            }
            target.ours(Optional.of(vm.key())).forEach(target::delete);
            assertThat(target.ours(Optional.empty())).isEmpty();
            assertThat(target.prepareDisk(vm, disk).state()).isEqualTo(PreparedDisk.State.NEW);
        }
    }

    private static void refusesEverything(TargetSession target, VmPlan vm) {
        DiskPlan disk = vm.disks().get(0);
        assertThat(target.preflight(vm)).anyMatch(finding -> finding.severity() == Severity.BLOCKER);
        assertThatThrownBy(() -> target.prepareDisk(vm, disk)).isInstanceOf(VmferryException.class);
        assertThatThrownBy(() -> target.openSink(vm, disk).close()).isInstanceOf(VmferryException.class);
        assertThatThrownBy(() -> target.createVm(vm)).isInstanceOf(VmferryException.class);
    }

    private static List<ObjectRef> create(TargetSession target, VmPlan vm) {
        vm.disks().forEach(disk -> finish(target, vm, disk, (byte) 1));
        return target.createVm(vm);
    }

    /** Writes a disk of a few bytes and commits it. */
    protected static DiskEvidence finish(TargetSession target, VmPlan vm, DiskPlan disk, byte fill) {
        byte[] content = new byte[4096];
        Arrays.fill(content, fill);
        target.prepareDisk(vm, disk);
        DiskEvidence evidence = new DiskEvidence(
                disk.sourceVersion(),
                disk.virtualSize(),
                disk.format(),
                disk.encoding(),
                content.length,
                new ContentDigest(
                        ContentDigest.BLKHASH, String.format("%02x", fill).repeat(32)));
        try (DiskSink sink = target.openSink(vm, disk)) {
            write(sink, content);
            sink.commit(evidence);
        }
        return evidence;
    }

    private static void write(DiskSink sink, byte[] content) {
        if (sink instanceof DiskSink.Seekable seekable) {
            seekable.store().resize(0);
            seekable.store().write(0, ByteBuffer.wrap(content));
        } else if (sink instanceof DiskSink.Streaming streaming) {
            try (DiskSink.Upload upload = streaming.begin(OptionalLong.of(content.length))) {
                upload.write(ByteBuffer.wrap(content));
                upload.complete();
            }
        }
    }

    private static Set<ObjectRef> refs(List<TargetObject> objects) {
        return objects.stream().map(TargetObject::ref).collect(Collectors.toSet());
    }
}
