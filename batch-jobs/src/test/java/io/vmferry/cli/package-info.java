@NullMarked
package io.vmferry.cli;

import org.jspecify.annotations.NullMarked;
