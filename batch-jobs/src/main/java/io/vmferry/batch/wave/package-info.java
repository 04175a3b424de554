/** A run: all VMs of a plan, several at a time, each as a job of its own. */
@NullMarked
package io.vmferry.batch.wave;

import org.jspecify.annotations.NullMarked;
