package io.pulsehook.app.limits;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

import org.apache.catalina.connector.Request;
import org.apache.coyote.ActionCode;
import org.apache.coyote.ContinueResponseTiming;
import org.apache.tomcat.util.buf.ByteChunk;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/**
 * Reads the body of a request before anything else sees the request. Whatever its method
 * and type, and whatever asks for a parameter later, nothing then reads more than this
 * has read or waits for the sender.
 */
final class SentBody implements ApplicationBufferHandler {

	private final org.apache.coyote.Request request;

	private final ByteChunk read = new ByteChunk();

	private ByteBuffer piece = EMPTY_BUFFER;

	SentBody(Request request) {
		this.request = request.getCoyoteRequest();
	}

	/**
	 * Reads the body.
	 * @param limit how many bytes are accepted
	 * @param time how long the sender may take; for one that stalls, the container's
	 * timeout comes on top
	 * @return how that went
	 * @throws IOException if the sender has left, stalls or has sent what is no body
	 */
	Result read(int limit, Duration time) throws IOException {
		long end = System.nanoTime() + time.toNanos();
		this.request.action(ActionCode.ACK, ContinueResponseTiming.ALWAYS);
		while (this.request.doRead(this) >= 0) {
			if (this.read.getLength() + this.piece.remaining() > limit) {
				return Result.TOO_LARGE;
			}
			if (System.nanoTime() - end > 0) {
				return Result.TOO_SLOW;
			}
			this.read.append(this.piece);
		}
		return Result.READ;
	}

	/**
	 * Makes the bytes that have been read the body that everything else reads.
	 */
	void replay() {
		this.request.action(ActionCode.REQ_SET_BODY_REPLAY, this.read);
	}

	@Override
	public void setByteBuffer(ByteBuffer buffer) {
		this.piece = buffer;
	}

	@Override
	public ByteBuffer getByteBuffer() {
		return this.piece;
	}

	@Override
	public void expand(int size) {
	}

	/**
	 * How reading a body went.
	 */
	enum Result {

		/** All of it is there. */
		READ,

		/** It has more bytes than are accepted. */
		TOO_LARGE,

		/** It has not arrived in time. */
		TOO_SLOW

	}

}
