/**
 * Reports: JSON as the source of truth, and its renderings as HTML and CSV.
 */
@NullMarked
package io.vmferry.reports;

import org.jspecify.annotations.NullMarked;
