package io.vmferry.reports;

import static io.vmferry.reports.SampleVm.GIB;
import static io.vmferry.reports.SampleVm.MIB;

import io.vmferry.spi.model.GuestOs;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.NicPlan.IpPolicy;
import io.vmferry.spi.plan.Plan;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.report.PlanReport;
import io.vmferry.spi.target.TargetFacts;
import io.vmferry.spi.target.TargetFeature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reports as a real migration would give them, for tests and for looking at. */
public final class SampleReports {
    static final Instant PLANNED = Instant.parse("2026-11-24T02:15:30Z");
    static final String HASH = "9b2f6c4e1d0a7f83b5c2e9d4461780aa3c5d7e9f0b1c2d3e4f5061728394a5b6";

    private SampleReports() {}

    public static PlanReport plan() {
        return report(
                vms(),
                List.of(Finding.warning(
                        "target.capacity-unknown",
                        "/srv/out/erp-wave-1",
                        "A folder does not say how much room the storage class open-local-lvm has left.",
                        "Check that the nodes have about 1.1 TiB free before the volumes are uploaded.")));
    }

    public static PlanReport report(List<VmPlan> vms, List<Finding> findings) {
        return new PlanReport(
                PlanReport.SCHEMA, "0.1.0", HASH, new Plan("erp-wave-1", PLANNED, target(), sources(), vms, findings));
    }

    static TargetFacts target() {
        return new TargetFacts(
                "directory",
                "/srv/out/erp-wave-1",
                "1.3",
                "1.60",
                Set.of(
                        TargetFeature.TPM,
                        TargetFeature.PERSISTENT_TPM,
                        TargetFeature.PERSISTENT_EFI,
                        TargetFeature.SHAREABLE_DISK,
                        TargetFeature.SPARSE_RAW_UPLOAD),
                Set.of("hybridnet", "multus", "pod"),
                Set.of("amd64"),
                List.of("open-local-lvm", "nas-archive"));
    }

    static List<Plan.SourceSummary> sources() {
        return List.of(new Plan.SourceSummary(
                "exports",
                "files",
                "/srv/exports",
                "OVA and OVF files",
                "",
                "local files; manifests are verified",
                11));
    }

    /** Nine VMs: ready, ready with warnings and blocked. */
    static List<VmPlan> vms() {
        return List.of(
                new SampleVm("erp-app-01", "erp-app-01")
                        .size(2, 4, 32 * GIB)
                        .efi(true, false)
                        .disk(80 * GIB, 31 * GIB, true)
                        .disk(200 * GIB, 122 * GIB, true)
                        .nic("VLAN120 Application", "app-net", "hybridnet", IpPolicy.KEEP, "10.20.30.41")
                        .nic("Backup", "backup", "multus", IpPolicy.GUEST, "172.18.4.41")
                        .note("Application server of the ERP, first of two. Owner: platform team.")
                        .finding(Finding.info(
                                "guest.nic-name-changes",
                                "erp-app-01 / Network adapter 1",
                                "The guest names the card ens160 after its PCI slot; on the target it will be enp1s0.",
                                "Nothing to do if NetworkManager matches by MAC address."))
                        .plan(),
                new SampleVm("erp-app-02", "erp-app-02")
                        .size(2, 4, 32 * GIB)
                        .efi(true, false)
                        .disk(80 * GIB, 29 * GIB, true)
                        .disk(200 * GIB, 97 * GIB, true)
                        .nic("VLAN120 Application", "app-net", "hybridnet", IpPolicy.KEEP, "10.20.30.42")
                        .plan(),
                new SampleVm("财务数据库-主", "finance-db-primary")
                        .size(2, 8, 128 * GIB)
                        .guest("kylin_64Guest", GuestOs.Family.LINUX, "Kylin Linux Advanced Server V10")
                        .disk(100 * GIB, 22 * GIB, true)
                        .disk(1024 * GIB, 640 * GIB, false)
                        .nic("数据库网段", "db-net", "hybridnet", IpPolicy.KEEP, "10.20.40.11")
                        .finding(Finding.info(
                                "name.changed",
                                "财务数据库-主",
                                "Its name is not a DNS label; the mapping names it finance-db-primary.",
                                ""))
                        .plan(),
                new SampleVm("域控制器 DC01", "dc01")
                        .size(1, 4, 8 * GIB)
                        .efi(true, true)
                        .guest("windows2022srvNext_64Guest", GuestOs.Family.WINDOWS, "Windows Server 2022")
                        .disk(90 * GIB, 41 * GIB, true)
                        .nic("VLAN110 Directory", "directory", "hybridnet", IpPolicy.KEEP, "10.20.10.5")
                        .device("cdrom", "CD/DVD drive 1", "[iso] VMware-tools-windows.iso")
                        .snapshot("before patch day")
                        .finding(Finding.warning(
                                "firmware.tpm-empty",
                                "域控制器 DC01",
                                "The virtual TPM's content is not part of any disk; the target starts with an empty one.",
                                "Suspend BitLocker before the export, or keep the recovery key at hand."))
                        .finding(Finding.warning(
                                "disk.snapshot-merged",
                                "域控制器 DC01 / Hard disk 1",
                                "The export holds the state of the snapshot \"before patch day\"; older states are not moved.",
                                "Export again from the current state if that is not the one you want."))
                        .finding(Finding.info(
                                "guest.boot-safe",
                                "域控制器 DC01",
                                "Nothing shows that virtio drivers are installed, so it gets a SATA disk and an e1000e card first.",
                                "Install virtio-win, then set the profile to virtio."))
                        .plan(),
                new SampleVm("web-frontend", "web-frontend")
                        .disk(40 * GIB, 6 * GIB + 300 * MIB, true)
                        .nic("DMZ", "dmz", "pod", IpPolicy.MASQUERADE, "192.0.2.80")
                        .finding(Finding.warning(
                                "network.address-hidden",
                                "web-frontend / Network adapter 1",
                                "The rule dmz puts it on the pod network; 192.0.2.80 will not be reachable from outside.",
                                "Publish it by a Service, or map the DMZ to a bridged network."))
                        .plan(),
                new SampleVm("jump", "jump")
                        .size(1, 1, 2 * GIB)
                        .disk(16 * GIB, 2 * GIB + 700 * MIB, true)
                        .nic("VLAN110 Directory", "directory", "hybridnet", IpPolicy.POOL, null)
                        .plan(),
                new SampleVm("legacy-billing_archive (do not delete!) - copy 2019-11-03", "legacy-billing-archive")
                        .guest("centos6_64Guest", GuestOs.Family.LINUX, "CentOS 6")
                        .closedDisk(500 * GIB)
                        .nic("Storage-Legacy", "", "", IpPolicy.GUEST, null)
                        .finding(Finding.info(
                                "guest.end-of-life",
                                "legacy-billing_archive (do not delete!) - copy 2019-11-03",
                                "CentOS 6 has virtio drivers but no vendor support.",
                                ""))
                        .finding(Finding.blocker(
                                "network.unmapped",
                                "legacy-billing_archive (do not delete!) - copy 2019-11-03 / Network adapter 1",
                                "No rule says where the network \"Storage-Legacy\" goes.",
                                "Add a rule for it under networks in the mapping rules, or a default."))
                        .finding(Finding.blocker(
                                "disk.format-unsupported",
                                "legacy-billing_archive (do not delete!) - copy 2019-11-03 / Hard disk 1",
                                "The disk is a vmfsSparse snapshot whose base is not in the folder.",
                                "Export the VM again as an OVA, or put the base disk beside it."))
                        .plan(),
                new SampleVm("报表服务器", "")
                        .size(1, 4, 16 * GIB)
                        .disk(120 * GIB, 58 * GIB, false)
                        .nic("VLAN120 Application", "app-net", "hybridnet", IpPolicy.KEEP, "10.20.30.60")
                        .finding(Finding.blocker(
                                "name.unresolved",
                                "报表服务器",
                                "No letter or digit of its name can be used in a Kubernetes name.",
                                "Give it a name under overrides: `报表服务器: {name: report-server}`."))
                        .plan(),
                new SampleVm("build-agent", "build-agent")
                        .size(1, 8, 16 * GIB)
                        .disk(60 * GIB, 18 * GIB, true)
                        .nic("VLAN120 Application", "app-net", "hybridnet", IpPolicy.DHCP, null)
                        .plan());
    }

    /** Many VMs, for what happens to a page then. */
    public static PlanReport large(int count) {
        List<VmPlan> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            SampleVm vm = new SampleVm(String.format("tenant-%02d-node-%03d", i % 20, i), String.format("node-%03d", i))
                    .disk((20 + i % 50) * GIB, (5 + i % 13) * GIB, i % 3 != 0)
                    .disk(100 * GIB, (i % 90) * GIB, true)
                    .nic(
                            "VLAN120 Application",
                            "app-net",
                            "hybridnet",
                            IpPolicy.KEEP,
                            "10.20." + i / 200 + "." + (i % 200 + 10));
            if (i % 9 == 0) {
                vm.finding(Finding.warning(
                        "disk.snapshot-merged",
                        "Hard disk 1",
                        "The export holds a snapshot's state.",
                        "Export it again."));
            }
            if (i % 31 == 0) {
                vm.finding(Finding.blocker(
                        "network.unmapped", "nic", "No rule says where this network goes.", "Add a rule."));
            }
            all.add(vm.plan());
        }
        return report(all, List.of());
    }
}
