package io.pulsehook.sendpulse;

import java.util.Set;
import java.util.function.Function;

import org.springframework.http.ResponseEntity;

import io.pulsehook.event.Channel;
import io.pulsehook.sendpulse.http.ChannelApi;

/**
 * Calls SendPulse for one channel of one account.
 */
final class ChannelCalls {

	/** The operations that name a flow, a trigger or a template beside the contact. */
	private static final Set<String> NAMING_MORE = Set.of("runFlow", "runTrigger", "template");

	private final AccountCalls account;

	private final Channel channel;

	private final ChannelApi api;

	ChannelCalls(AccountCalls account, Channel channel, ChannelApi api) {
		this.account = account;
		this.channel = channel;
		this.api = api;
	}

	/**
	 * Returns the channel, which decides what a message looks like.
	 */
	Channel channel() {
		return this.channel;
	}

	/**
	 * Makes a call and waits for its answer.
	 * @param operation what is done, as {@link Recipient} calls it; the messages of
	 * exceptions name it
	 * @param call makes the call
	 * @return the answer of a call that worked
	 * @throws CallRefusedException if no attempt can succeed
	 * @throws io.pulsehook.RetryLaterException if SendPulse asks for a pause
	 * @throws io.pulsehook.PutOffException if too many calls wait in this process already
	 * @throws SendPulseException if it failed in any other way
	 */
	Answer call(String operation, Function<ChannelApi, ResponseEntity<byte[]>> call) {
		Subject subject = NAMING_MORE.contains(operation) ? Subject.CONTACT_AND_MORE : Subject.CONTACT;
		return this.account.call("'" + operation + "' for " + this.channel.code(), subject, () -> call.apply(this.api));
	}

}
