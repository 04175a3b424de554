package io.vmferry.reports.view;

/** Why a VM failed and what to do. */
public record FailureBox(Link vm, String code, String subject, String reason, String remedy, String command) {}
