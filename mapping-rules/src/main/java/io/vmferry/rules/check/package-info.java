/**
 * Checks: what a plan says about a VM beside what it decided, and the catalogue of all findings.
 */
@NullMarked
package io.vmferry.rules.check;

import org.jspecify.annotations.NullMarked;
