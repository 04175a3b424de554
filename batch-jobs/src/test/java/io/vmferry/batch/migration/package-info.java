@NullMarked
package io.vmferry.batch.migration;

import org.jspecify.annotations.NullMarked;
