package io.vmferry.batch.migration;

import io.vmferry.batch.store.GateStore;
import io.vmferry.batch.store.TaskId;
import io.vmferry.rules.model.Policy.Gate;
import java.util.Set;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Ends PENDING while a shut gate has no answer, which stops the job; nobody waits in a thread. A later start of the same job
 * comes here again. (A {@code JobExecutionDecider} in this place would loop for ever on restart.)
 */
final class GateTasklet implements Tasklet {
    static final String PENDING = "PENDING";
    static final String APPROVED = "APPROVED";

    private final Gate gate;
    private final Set<Gate> shut;
    private final GateStore gates;

    GateTasklet(Gate gate, Set<Gate> shut, GateStore gates) {
        this.gate = gate;
        this.shut = shut;
        this.gates = gates;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        TaskId task = TaskParameters.taskOf(context.getStepContext().getStepExecution());
        boolean open = !shut.contains(gate) || gates.approved(task, word(gate));
        contribution.setExitStatus(new ExitStatus(open ? APPROVED : PENDING));
        return RepeatStatus.FINISHED;
    }

    /** The word in the store and part of the step's name. */
    static String word(Gate gate) {
        return gate.name().toLowerCase(java.util.Locale.ROOT);
    }
}
