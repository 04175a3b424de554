/**
 * Report models. HTML and CSV are renderings of them; JSON is the truth.
 */
@NullMarked
package io.vmferry.spi.report;

import org.jspecify.annotations.NullMarked;
