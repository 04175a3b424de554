@NullMarked
package io.vmferry.batch.planning;

import org.jspecify.annotations.NullMarked;
