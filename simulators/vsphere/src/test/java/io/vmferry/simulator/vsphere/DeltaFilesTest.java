package io.vmferry.simulator.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.converter.vmdk.VmdkFormat;
import io.vmferry.simulator.vsphere.world.Datastore;
import io.vmferry.simulator.vsphere.world.DatastoreFiles;
import io.vmferry.simulator.vsphere.world.Vm;
import io.vmferry.simulator.vsphere.world.VmDisk;
import io.vmferry.simulator.vsphere.world.World;
import io.vmferry.spi.file.SourceRange;
import io.vmferry.spi.image.ByteSource;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.Siblings;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What lies on a datastore is read by the product's own reader of VMDK chains, and gives what the machine sees. */
class DeltaFilesTest {
    private static final int SIZE = 24 << 20;

    private final World world = new World(5);

    @ParameterizedTest
    @EnumSource(
            value = Datastore.Kind.class,
            names = {"VMFS6", "VMFS5"})
    void aChainOfDeltasIsReadable(Datastore.Kind kind) {
        Datastore store = world.datastore("store", kind);
        Vm vm = world.vm("web", spec -> spec.disk(SIZE).filled(0.4).on(store));
        VmDisk disk = vm.disks().get(0);
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(11);
        for (int i = 0; i < 3; i++) {
            vm.snapshot("s" + i, "", false, false);
            for (int j = 0; j < 20; j++) {
                long offset = random.nextInt(SIZE / 4096 - 16) * 4096L;
                if (random.nextBoolean()) {
                    disk.chain().writeSeeded(offset, 4096L * (1 + random.nextInt(16)), random.nextLong());
                } else {
                    disk.chain().discard(offset, 4096L * (1 + random.nextInt(16)));
                }
            }
        }
        for (int layer = 0; layer < disk.layers(); layer++) {
            assertSame(store, disk, layer);
        }
        vm.remove(vm.snapshots().get(1));
        assertThat(disk.stems()).hasSize(3);
        for (int layer = 0; layer < disk.layers(); layer++) {
            assertSame(store, disk, layer);
        }
    }

    private static void assertSame(Datastore store, VmDisk disk, int layer) {
        String path = disk.descriptorPath(layer);
        String folder = path.substring(0, path.indexOf('/') + 1);
        Siblings siblings = name -> open(store, folder + name);
        try (DiskImage image = new VmdkFormat().open(open(store, path), siblings)) {
            assertThat(image.virtualSize()).isEqualTo(SIZE);
            ByteBuffer read = ByteBuffer.allocate(SIZE);
            image.read(0, read);
            ByteBuffer seen = ByteBuffer.allocate(SIZE);
            disk.chain().view(layer).read(0, seen);
            assertThat(read.flip().mismatch(seen.flip()))
                    .as("first difference in %s", path)
                    .isEqualTo(-1);
        }
    }

    private static ByteSource open(Datastore store, String path) {
        DatastoreFiles.Opened file = DatastoreFiles.open(store, path);
        assertThat(file).as(path).isNotNull();
        ByteSource bytes = Objects.requireNonNull(file).bytes();
        return new SourceRange(bytes, path, 0, bytes.size());
    }

    @Test
    void aLinkedCloneNamesItsOrigin() {
        Vm origin = world.vm("origin", spec -> spec.disk(SIZE));
        Vm clone = world.vm(
                "clone", spec -> spec.disk(SIZE).cloneOf = origin.disks().get(0));
        VmDisk disk = clone.disks().get(0);

        assertThat(disk.descriptorPath(0)).isEqualTo("origin/origin.vmdk");
        assertThat(disk.descriptorPath(1)).isEqualTo("clone/clone-000001.vmdk");
        assertThat(disk.descriptor(1))
                .contains("parentFileNameHint=\"/vmfs/volumes/")
                .contains("/origin/origin.vmdk\"");
        clone.snapshot("s", "", false, false);
        assertThat(List.copyOf(disk.stems())).containsExactly("clone", "clone-000001", "clone-000002");
        clone.remove(clone.snapshots().get(0));
        assertThat(disk.layers()).isEqualTo(2);
    }
}
