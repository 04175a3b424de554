package io.vmferry.cli.assist;

import io.vmferry.batch.BatchError;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.plan.DiskPlan;
import io.vmferry.spi.plan.NicPlan;
import io.vmferry.spi.plan.VmPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Asks about one VM what its plan leaves open: name, network, address and storage class. One question at a time. */
public final class Interview {
    private static final String NO_CLASS = "-";

    private final Answers answers;
    private final Questions questions;

    public Interview(Answers answers, Questions questions) {
        this.answers = answers;
        this.questions = questions;
    }

    /** What became of the question asked, if there was one. */
    public enum Outcome {
        /** Something was answered: plan again and come back. */
        ANSWERED,
        /** The person left. */
        LEFT,
        /** Nothing is open. */
        COMPLETE
    }

    /** Asks the next open question. */
    public Outcome about(VmPlan vm) {
        List<Question> open = open(vm);
        if (open.isEmpty()) {
            return Outcome.COMPLETE;
        }
        if (!questions.anybody()) {
            return withoutAnybody(open);
        }
        Question question = open.get(0);
        Optional<String> answer =
                questions.ask(question.text(), question.usual(), question.accepted(), question.hint());
        answer.ifPresent(text -> {
            if (!text.equals(NO_CLASS)) {
                answers.put(question.key(), text);
            }
            answers.put("asked." + question.key(), "yes");
        });
        return answer.isPresent() ? Outcome.ANSWERED : Outcome.LEFT;
    }

    /** Where nobody can be asked, what has a usual answer gets it; the rest must come as flags. */
    private Outcome withoutAnybody(List<Question> open) {
        for (Question question : open) {
            if (question.usual().isEmpty()) {
                throw new VmferryException(
                        BatchError.BAD_USAGE,
                        "this import",
                        "nobody is at a terminal to answer: " + question.text(),
                        "Give the answer as a flag: " + question.flag() + ".");
            }
            if (!question.usual().equals(NO_CLASS)) {
                answers.put(question.key(), question.usual());
            }
            answers.put("asked." + question.key(), "yes");
        }
        return Outcome.ANSWERED;
    }

    private record Question(
            String key, String text, String usual, Predicate<String> accepted, String hint, String flag) {}

    private List<Question> open(VmPlan vm) {
        List<Question> open = new ArrayList<>();
        if (unasked("name")) {
            open.add(new Question(
                    "name",
                    "Name on the target",
                    vm.target().name(),
                    name -> name.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?"),
                    "Lower-case letters, digits and dashes, 63 at most, letter or digit at both ends.",
                    "--name NAME"));
        }
        for (int i = 0; i < vm.nics().size(); i++) {
            NicPlan nic = vm.nics().get(i);
            String subject = nic.nic().label() + " (" + nic.nic().network().name() + ")";
            if (nic.driver().isEmpty() && unasked("network." + i)) {
                open.add(new Question(
                        "network." + i,
                        "Network for " + subject,
                        "",
                        Interview::isNetwork,
                        "Use " + NetworkAnswer.FORMS + ".",
                        "--network " + i + "=NETWORK"));
            }
            boolean addressOpen =
                    nic.ipPolicy() == NicPlan.IpPolicy.KEEP && nic.addresses().isEmpty();
            if (!nic.driver().isEmpty() && addressOpen && unasked("ip." + i)) {
                open.add(new Question(
                        "ip." + i,
                        "Address to hold for " + subject,
                        "",
                        ip -> ip.matches("[0-9a-fA-F.:]+/[0-9]{1,3}"),
                        "An address with its prefix length, like 192.168.56.21/24.",
                        "--ip " + i + "=ADDRESS/PREFIX"));
            }
        }
        for (int i = 0; i < vm.disks().size(); i++) {
            DiskPlan disk = vm.disks().get(i);
            if (disk.storageClass() == null && unasked("storage." + i)) {
                open.add(new Question(
                        "storage." + i,
                        "Storage class for " + disk.disk().label() + " (" + NO_CLASS + ": the cluster's default)",
                        NO_CLASS,
                        name -> name.equals(NO_CLASS) || name.matches("[a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?"),
                        "The name of a StorageClass, or " + NO_CLASS + ".",
                        "--storage " + i + "=CLASS"));
            }
        }
        return open;
    }

    private boolean unasked(String key) {
        return answers.get(key).isEmpty() && answers.get("asked." + key).isEmpty();
    }

    private static boolean isNetwork(String word) {
        try {
            NetworkAnswer.target(word);
            return true;
        } catch (VmferryException e) {
            return false;
        }
    }
}
