/**
 * Migration files and mapping rules as data, after they were read and found valid.
 */
@NullMarked
package io.vmferry.rules.model;

import org.jspecify.annotations.NullMarked;
