/**
 * Words, numbers and dates for people, in English and Simplified Chinese.
 */
@NullMarked
package io.vmferry.reports.text;

import org.jspecify.annotations.NullMarked;
