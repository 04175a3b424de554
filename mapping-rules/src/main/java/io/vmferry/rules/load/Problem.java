package io.vmferry.rules.load;

import io.vmferry.rules.error.RulesError;

/**
 * One thing that is wrong with a file.
 *
 * @param line counts from 1
 * @param column counts from 1
 * @param sentence what was found and what is allowed, without full stop
 * @param remedy what to do, one sentence
 */
public record Problem(RulesError code, int line, int column, String sentence, String remedy) {}
