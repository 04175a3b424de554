/** What the sources have, listed, and kept in a file that a plan can be made from without them. */
@NullMarked
package io.vmferry.batch.inventory;

import org.jspecify.annotations.NullMarked;
