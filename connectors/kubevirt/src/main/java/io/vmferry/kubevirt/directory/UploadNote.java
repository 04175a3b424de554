package io.vmferry.kubevirt.directory;

import io.vmferry.spi.model.GuestInterface;
import io.vmferry.spi.plan.DiskPlan;
import io.vmferry.spi.plan.NicPlan;
import io.vmferry.spi.plan.VmPlan;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a person does with the folder, command by command. Names in commands are DNS labels and need no quoting; what the source
 * calls things is shown on one line and without markup.
 */
final class UploadNote {
    private final StringBuilder text = new StringBuilder();
    private final VmPlan vm;
    private final String namespace;
    private final String name;
    private int steps;

    private UploadNote(VmPlan vm) {
        this.vm = vm;
        this.namespace = vm.target().namespace();
        this.name = vm.target().name();
    }

    static String of(VmPlan vm, Map<DiskPlan, StoredEvidence> disks) {
        UploadNote note = new UploadNote(vm);
        note.head();
        note.digests(disks);
        note.apply();
        note.upload(disks);
        note.start();
        return note.text.toString();
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private void command(String command) {
        if (!text.toString().endsWith("\n\n")) {
            line("");
        }
        line("```sh");
        line(command);
        line("```");
        line("");
    }

    private void step(String title) {
        steps++;
        line("## " + steps + ". " + title);
        line("");
    }

    private void head() {
        line("# " + name + ": from this folder into the cluster");
        line("");
        line("This is the VM " + plain(vm.vm().name()) + " of the source "
                + plain(vm.vm().ref().source()) + ". Run the commands in this folder, in this order.");
        line("They need `kubectl`, and `virtctl` in the version of the cluster's KubeVirt.");
        line("");
    }

    private void digests(Map<DiskPlan, StoredEvidence> disks) {
        if (disks.isEmpty()) {
            return;
        }
        step("Are the disks whole?");
        line("Gate: each digest is the one in the table. Otherwise copy the folder again.");
        line("");
        line("| file | bytes | disk size | digest |");
        line("| --- | ---: | ---: | --- |");
        disks.forEach((disk, evidence) -> line("| " + evidence.file() + " | " + evidence.length() + " | "
                + evidence.virtualSize() + " | " + evidence.digest().algorithm() + " "
                + evidence.digest().hex() + " |"));
        command(disks.values().stream()
                .map(evidence -> "vmferry image --digest " + evidence.file())
                .collect(Collectors.joining("\n")));
    }

    private void apply() {
        step("Create the objects");
        command("kubectl create namespace " + namespace + "   # where it does not exist yet\nkubectl apply -k .");
        if (vm.disks().isEmpty()) {
            return;
        }
        line(
                vm.target().start()
                        ? "The VM is set to run and starts by itself as soon as its disks are uploaded: the source has to be"
                                + " off before that."
                        : "The VM stays halted; its volumes wait for their content.");
        line("");
        line("Gate: `kubectl get datavolume -n " + namespace
                + "` shows each volume as UploadReady. If one stays at WaitForFirstConsumer or PendingPopulation, its"
                + " storage class waits until something uses it. Where any node will do, let it begin at once:");
        command(vm.disks().stream()
                .map(disk -> "kubectl annotate datavolume -n " + namespace + " " + disk.name()
                        + " cdi.kubevirt.io/storage.bind.immediate.requested=")
                .collect(Collectors.joining("\n")));
        if (vm.disks().size() > 1) {
            line("Beware of storage that belongs to one node: the volumes may then land on different nodes, and the VM"
                    + " finds none that has them all. Bind them by a pod that uses all of them instead.");
            line("");
        }
    }

    private void upload(Map<DiskPlan, StoredEvidence> disks) {
        if (disks.isEmpty()) {
            return;
        }
        step("Upload the disks");
        if (vm.disks().stream().anyMatch(disk -> !disk.format().equals("raw"))) {
            line("For each qcow2 disk the cluster needs as much scratch space again while it unpacks it.");
        }
        line("Where the upload proxy has no address outside the cluster, add `--uploadproxy-url=https://HOST:PORT`.");
        command(disks.entrySet().stream()
                .map(entry -> "virtctl image-upload dv " + entry.getKey().name() + " -n " + namespace
                        + " --no-create --image-path=" + entry.getValue().file())
                .collect(Collectors.joining("\n")));
        line("Gate: each volume is Succeeded. An upload that broke off is simply repeated.");
        command("kubectl get datavolume -n " + namespace + " -w");
    }

    private void start() {
        step("Start the VM");
        line("Gate: the source VM is off, or its network is disconnected.");
        for (NicPlan nic : vm.nics()) {
            if (!nic.addresses().isEmpty()) {
                line("Network card " + nic.key() + " had "
                        + nic.addresses().stream().map(UploadNote::cidr).collect(Collectors.joining(", "))
                        + "; nothing here reserves it.");
            }
        }
        command((vm.target().start() ? "" : "virtctl start " + name + " -n " + namespace + "\n") + "kubectl get vmi -n "
                + namespace + " " + name + " -w");
    }

    private static String cidr(GuestInterface.Address address) {
        return address.ip() + "/" + address.prefixLength();
    }

    /** One line of text that Markdown shows as it is. */
    private static String plain(String text) {
        return "\""
                + text.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}]+", " ").replaceAll("([\\\\`*_{}\\[\\]<>()#|!])", "\\\\$1")
                + "\"";
    }
}
