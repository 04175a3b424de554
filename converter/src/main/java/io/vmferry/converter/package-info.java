/** Entry points of the converter: which formats there are, and the digest of an image. */
@NullMarked
package io.vmferry.converter;

import org.jspecify.annotations.NullMarked;
