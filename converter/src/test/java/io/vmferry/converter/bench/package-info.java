@NullMarked
package io.vmferry.converter.bench;

import org.jspecify.annotations.NullMarked;
