package io.vmferry.kubevirt.check;

import io.vmferry.kubevirt.TargetFinding;
import io.vmferry.kubevirt.syntax.LabelSyntax;
import io.vmferry.kubevirt.vm.OwnLabels;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.target.TargetFacts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Labels and annotations that rules and tags ask for. */
final class LabelCheck implements VmCheck {
    /** TotalAnnotationSizeLimitB of k8s.io/apimachinery; some of it is left for ours and for KubeVirt's. */
    private static final int ANNOTATION_BYTES = (256 - 16) << 10;

    @Override
    public List<Finding> check(VmPlan vm, TargetFacts facts) {
        List<Finding> findings = new ArrayList<>();
        String subject = vm.vm().name();
        vm.target().labels().forEach((key, value) -> {
            key(findings, subject, "label", key);
            if (!LabelSyntax.isValue(value)) {
                findings.add(
                        TargetFinding.LABEL_INVALID.on(
                                subject,
                                "\"" + value + "\" cannot be the value of the label " + key + ".",
                                "Use letters, digits, dots, dashes and underscores, 63 at most; an annotation takes any text."));
            }
        });
        vm.target().annotations().keySet().forEach(key -> key(findings, subject, "annotation", key));
        long bytes = bytes(vm.vm().name()) + bytes(vm.vm().ref().key());
        for (Map.Entry<String, String> annotation : vm.target().annotations().entrySet()) {
            bytes += bytes(annotation.getKey()) + bytes(annotation.getValue());
        }
        if (bytes > ANNOTATION_BYTES) {
            findings.add(TargetFinding.ANNOTATIONS_TOO_LARGE.on(
                    subject,
                    "The annotations have " + bytes + " bytes together; Kubernetes stores 256 KiB per object.",
                    "Leave some out in the rules."));
        }
        return findings;
    }

    private static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static void key(List<Finding> findings, String subject, String what, String key) {
        if (!LabelSyntax.isKey(key)) {
            findings.add(
                    TargetFinding.LABEL_INVALID.on(
                            subject,
                            "\"" + key + "\" cannot be the key of " + (what.equals("label") ? "a " : "an ") + what
                                    + ".",
                            "Use letters, digits, dots, dashes and underscores, 63 at most, with a DNS name and a slash before."));
        }
        if (key.startsWith(OwnLabels.PREFIX) || key.equals(OwnLabels.MANAGED_BY)) {
            findings.add(TargetFinding.LABEL_RESERVED.on(
                    subject,
                    "The " + what + " " + key + " is set by vmferry and gets its value, not the one asked for.",
                    "Use another key."));
        }
    }
}
