/**
 * Reports as JSON, written and read back.
 */
@NullMarked
package io.vmferry.reports.json;

import org.jspecify.annotations.NullMarked;
