package io.vmferry.converter.qcow2;

import java.nio.ByteBuffer;

/** A finished table and where it goes. */
record TableWrite(long offset, ByteBuffer bytes) {}
