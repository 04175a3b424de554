@NullMarked
package io.vmferry.converter.container;

import org.jspecify.annotations.NullMarked;
