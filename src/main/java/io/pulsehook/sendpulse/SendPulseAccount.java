package io.pulsehook.sendpulse;

import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntSupplier;

import org.jspecify.annotations.Nullable;
import org.springframework.http.client.ClientHttpRequestFactory;

import io.pulsehook.event.Channel;
import io.pulsehook.sendpulse.http.ApiFactory;
import io.pulsehook.sendpulse.http.ApiKey;
import io.pulsehook.sendpulse.http.CallLimiter;
import io.pulsehook.sendpulse.http.LoginTokens;
import io.pulsehook.sendpulse.http.Tokens;

/**
 * An account of SendPulse: its login, and the limit of ten calls a second that all its
 * channels share.
 */
public final class SendPulseAccount {

	private final LoginState state;

	private final AccountCalls calls;

	private final Conversations conversations;

	private final Map<Channel, ChannelCalls> channels = new EnumMap<>(Channel.class);

	/**
	 * Creates an account. Nobody logs in before the first call.
	 * @param name the prefix of its properties, by which messages name it
	 * @param settings its settings
	 * @param requests makes the connections, without following redirects and without
	 * being observed
	 * @param replicas tells how many processes use the account at the moment
	 * @param clock tells the time
	 */
	public SendPulseAccount(String name, SendPulseSettings settings, ClientHttpRequestFactory requests,
			IntSupplier replicas, InstantSource clock) {
		this(name, settings, requests, new CallLimiter(replicas, System::nanoTime), clock);
	}

	/** Creates an account whose calls a given limiter lets wait. */
	SendPulseAccount(String name, SendPulseSettings settings, ClientHttpRequestFactory requests, CallLimiter limiter,
			InstantSource clock) {
		this.state = new LoginState(name, clock);
		this.calls = new AccountCalls(this.state, clock);
		ApiFactory apis = new ApiFactory(settings.url(), requests, limiter);
		Tokens tokens = tokens(settings, apis);
		this.conversations = new Conversations(name, this.calls, apis.inBackground(), tokens);
		for (Channel channel : Channel.values()) {
			if (channel != Channel.UNKNOWN) {
				this.channels.put(channel, new ChannelCalls(this.calls, channel, apis.channel(channel, tokens)));
			}
		}
	}

	private Tokens tokens(SendPulseSettings settings, ApiFactory apis) {
		if (settings.apiKey() != null) {
			return new ApiKey(settings.apiKey());
		}
		Login login = new Login(this.calls, apis.login(),
				Objects.requireNonNull(settings.clientId(), "The client id is missing."),
				Objects.requireNonNull(settings.clientSecret(), "The client secret is missing."));
		return new LoginTokens(login::token, System::nanoTime);
	}

	/**
	 * Returns the calls of a channel.
	 * @throws UnsupportedOperationException if the channel is not known
	 */
	ChannelCalls channel(Channel channel) {
		ChannelCalls calls = this.channels.get(channel);
		if (calls == null) {
			throw new UnsupportedOperationException("The event names no channel that SendPulse's API is known to have"
					+ ", so that nothing can be called for it.");
		}
		return calls;
	}

	/** Returns the conversations of the account. */
	Conversations conversations() {
		return this.conversations;
	}

	/** Returns the prefix of the account's properties. */
	String name() {
		return this.state.account();
	}

	/**
	 * Returns since when SendPulse refuses the login.
	 * @return the time of the first refusal, or {@code null} if the latest call was not
	 * refused for its login
	 */
	@Nullable Instant loginRefusedSince() {
		return this.state.refusedSince();
	}

}
