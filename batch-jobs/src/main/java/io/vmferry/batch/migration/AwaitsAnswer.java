package io.vmferry.batch.migration;

/** A step cannot go on without a person's word at a gate. The job stops there; a later start comes to the step again. */
final class AwaitsAnswer extends RuntimeException {
    private static final long serialVersionUID = 1;

    AwaitsAnswer(String question) {
        super(question, null, false, false);
    }
}
