/**
 * Reports as one self-contained HTML page.
 */
@NullMarked
package io.vmferry.reports.html;

import org.jspecify.annotations.NullMarked;
