/**
 * What the pages show, decided and worded in full, so that templates only lay it out.
 */
@NullMarked
package io.vmferry.reports.view;

import org.jspecify.annotations.NullMarked;
