@NullMarked
package io.vmferry.converter.qcow2;

import org.jspecify.annotations.NullMarked;
