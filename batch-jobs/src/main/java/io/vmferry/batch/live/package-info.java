/** Progress while it happens: what the terminal shows and what a later console will. */
@NullMarked
package io.vmferry.batch.live;

import org.jspecify.annotations.NullMarked;
