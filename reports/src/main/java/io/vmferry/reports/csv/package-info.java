/**
 * Reports as spreadsheets: one row per disk.
 */
@NullMarked
package io.vmferry.reports.csv;

import org.jspecify.annotations.NullMarked;
