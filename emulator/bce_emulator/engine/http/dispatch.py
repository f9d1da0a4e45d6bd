"""The life of a request, top to bottom: one function from what arrived to the answer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection
from contextlib import nullcontext
from functools import partial

import orjson

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.accounts import Account, Credentials
from bce_emulator.engine.account.limit import limited
from bce_emulator.engine.account.others import awaiting_others
from bce_emulator.engine.declare.operations import Call, Given, Operation
from bce_emulator.engine.errors import (
    ApiError,
    IamSignatureInvalid,
    InternalError,
    InvalidVersion,
    NotImplementedYet,
    SignatureError,
    UnknownPath,
)
from bce_emulator.engine.http.fingerprint import fingerprint
from bce_emulator.engine.http.heads import Heads
from bce_emulator.engine.http.held_up import UntilFree, keeps_nothing, only_read
from bce_emulator.engine.http.identity import Identity
from bce_emulator.engine.http.product_choice import choose, making
from bce_emulator.engine.http.request import Disconnected, Head, Receive, Request, Response, Scope, Send, parse_object
from bce_emulator.engine.http.routing import Found, Routes
from bce_emulator.engine.http.signature import check_body
from bce_emulator.engine.http.turns import ACCOUNT
from bce_emulator.engine.http.waiting import AfterCommit, AfterShared, Deferred, Preparation, Wait, after
from bce_emulator.engine.http.work import AfterWork
from bce_emulator.engine.observe.faults import Around, FaultInjection, cut_short
from bce_emulator.engine.observe.journal import NOWHERE, Exchange, Journal
from bce_emulator.engine.steps import OutOfTurn, Steps, StepsAside, in_one_turn

log = logging.getLogger("bce_emulator")
_new = tuple.__new__

EXPLAIN = "/_emulator/requests/{}/explain"
HANDLED = "emulator.handled"
"""Under which name a scope has what becomes of a request that was handled as it arrived, and waits for its answer."""
MAX_EXPLANATION = 1_000
DUE_AT_ONCE = 200
"""How many transitions end before others are served."""
RENDERED_AT_ONCE = 40
"""How many resources a list renders anew before others are served."""
MAX_ROUNDS = 100
"""How often a list lets others be served, who may change what it has rendered; then it goes on to its end."""


class Dispatcher:
    """Answers every request to the emulated API.

    ``strict`` is for tests: an internal error, or an error that its operation does not list, is raised.
    ``check`` is called before a request is handled, and ``keep`` before its answer leaves, for who keeps accounts;
    ``commit`` too, also before a refusal leaves, and answers what it has to wait for. ``write_out`` is called first
    where much may have changed.
    """

    def __init__(
        self,
        routes: Routes,
        identity: Identity,
        journal: Journal,
        wall: Callable[[], float],
        max_body_bytes: int = 1024 * 1024,
        observed_errors: bool = False,
        strict: bool = False,
        explain: Callable[[Request, float], str] | None = None,
        explains_more: bool = True,
        check_permission: Callable[[Credentials, Operation, str], None] | None = None,
        assumed_product: str = "",
    ) -> None:
        self.routes = routes
        self.identity = identity
        self.accounts = identity.accounts
        self.journal = journal
        self._wall = wall
        self._heads = Heads()
        self._max_body_bytes = max_body_bytes
        self._observed_errors = observed_errors
        self._strict = strict
        self._explain = explain
        self._explains_more = explains_more
        self._check_permission = check_permission
        self._assumed_product = assumed_product
        self.check: Callable[[], None] | None = None
        self.keep: Callable[[], None] | None = None
        self.commit: Callable[[], Collection[asyncio.Future[None]]] | None = None
        self.write_out: Callable[[str], StepsAside[None]] | None = None
        self.until_free: UntilFree | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read a request with its body, and answer it."""
        handled: tuple[Request, Exchange, Wait] | None = scope.pop(HANDLED, None)
        cause = None
        try:
            if handled is not None:
                request, exchange, cause = handled
            else:
                request = Request(Head(scope))
                if request.has_body:
                    await request.read(receive, self._max_body_bytes)
                exchange = Exchange(request, self.journal, self._wall())
                response = self.respond(request, exchange)
        except ApiError as error:
            exchange = Exchange(request, self.journal, self._wall())
            response = self._refusal(error, exchange)
            self.journal.close(exchange, response)
        except Deferred as deferred:
            self.journal.put_off(exchange)
            cause = deferred.cause
        except Disconnected:
            return
        if cause is not None:
            # A server that gives the request up stops neither what has begun nor its entry in the journal.
            response = await asyncio.shield(self._respond_later(request, exchange, cause))
        scope[ACCOUNT] = exchange.account_key[0]
        if exchange.fault is not None and exchange.fault.cuts:
            await cut_short(exchange.fault, response, exchange.request_id, scope, receive, send)
        else:
            await response.send(send, exchange.request_id)

    async def _respond_later(self, request: Request, exchange: Exchange, cause: Wait) -> Response:
        """The answer when what a request waits for is there, which another may have taken."""
        while True:
            await cause.wait()
            try:
                if cause.was_handled:
                    return self._respond_handled(cause, exchange)
                return self.respond(request, exchange, cause.happen)
            except Deferred as again:
                cause = again.cause

    def respond_at_once(
        self, request: Request, scope: Scope, server_headers: list[tuple[bytes, bytes]]
    ) -> bytes | None:
        """The whole answer to a request, empty if there is something to wait for; None if it has not arrived whole.

        The scope is told for whom it was handled, and what became of one that was and waits for its answer. Its head
        may come again.
        """
        if not request.has_arrived(self._max_body_bytes):
            return None
        response = self._respond_whole(request, scope, server_headers)
        if request.wire:
            self._heads.remember(request)
        return response

    def respond_again(self, data: bytes, scope: Scope, server_headers: list[tuple[bytes, bytes]]) -> bytes | None:
        """The same to bytes that are a request whose head came before with another signature; None if they are not."""
        request = self._heads.find(data)
        return self._respond_whole(request, scope, server_headers) if request is not None else None

    def _respond_whole(self, request: Request, scope: Scope, server_headers: list[tuple[bytes, bytes]]) -> bytes:
        exchange = Exchange(request, self.journal, self._wall())
        try:
            response = self.respond(request, exchange)
        except Deferred as deferred:
            self.journal.put_off(exchange)
            if deferred.cause.was_handled:
                scope[HANDLED] = (request, exchange, deferred.cause)
            return b""
        finally:
            scope[ACCOUNT] = exchange.account_key[0]
        return response.whole(exchange.request_id, server_headers)

    def respond(self, request: Request, exchange: Exchange, handle: Callable[[], Response] | None = None) -> Response:
        """The answer to a request that was read, be it a refusal; the journal has both."""
        try:
            try:
                if self.check is not None:
                    self.check()
                response = handle() if handle is not None else self.response(request, exchange)
                if self.keep is not None and not keeps_nothing(exchange, self.until_free):
                    self.keep()
                if self.commit is not None:
                    self._await_commits(self.commit(), response)
            except ApiError as error:
                response = self._refusal(error, exchange)
                if self.commit is not None:
                    self._await_commits(self.commit(), response)
        except Deferred:
            raise
        except Exception as error:  # noqa: BLE001 (it is logged)
            response = self._fault(error, exchange)
        self.journal.close(exchange, response)
        return response

    def _fault(self, error: Exception, exchange: Exchange) -> Response:
        """What is answered when the emulator itself has done something wrong."""
        if self._strict:
            raise error
        log.error("request %s met an internal error", exchange.request_id, exc_info=error)
        return self._refusal(InternalError(f"an internal error: {type(error).__name__}"), exchange)

    def _await_commits(self, commits: Collection[asyncio.Future[None]], response: Response) -> None:
        """Have the answer wait, if it says what is not committed yet."""
        if commits:
            raise Deferred(AfterCommit(commits, response))

    def _respond_handled(self, wait: Wait, exchange: Exchange) -> Response:
        try:
            response = wait.happen()
        except ApiError as error:
            response = self._refusal(error, exchange)
        except Exception as error:  # noqa: BLE001 (it is logged)
            response = self._fault(error, exchange)
        self.journal.close(exchange, response)
        return response

    def response(self, request: Request, exchange: Exchange) -> Response:
        """Find the operation, identify the caller, inject a planned fault, and handle the request."""
        head = request.head
        if head.canonical is None:
            request.decode()
        found = head.found or self._find(request)
        if found is not None:
            exchange.target, exchange.resource = found.target, found.resource
        credentials = self.identity.caller(request, exchange.moment)
        under_way = self.accounts.under_way(credentials.account)
        if under_way is not None:
            raise Deferred(AfterShared(under_way, partial(self.response, request, exchange)))
        if self.until_free is not None:
            free = self.until_free(only_read(exchange.target, self.accounts.by_name.get(credentials.account)))
            if free is not None:
                raise Deferred(AfterShared(free, partial(self.response, request, exchange)))
        account = self.identity.account_of(credentials, head)
        exchange.account_key = account.account_key
        if found is None:
            found = self._find_or_refuse(request)
        if found.others:
            if (work := making(found)) is not None:
                raise Deferred(Preparation(work, partial(self.response, request, exchange)))
            found = choose(found, account, request, self._assumed_product)
            exchange.target, exchange.resource = found.target, found.resource
        operation = found.target
        if not isinstance(operation, Operation):
            self.journal.count_unemulated(operation.key)
            raise NotImplementedYet(operation=operation.name)
        if head.names_digest and self.identity.policy.verify:
            check_body(request)
        if credentials.acl and self._check_permission is not None:
            self._check_permission(credentials, operation, account.region)
        if operation.prepare is not None and (work := operation.prepare()) is not None:
            raise Deferred(Preparation(work, partial(self.response, request, exchange)))
        try:
            moment = account.clock.run_some(DUE_AT_ONCE)
        except OutOfTurn as out:
            raise Deferred(after(out, partial(self.response, request, exchange))) from None
        call = _new(Call, (exchange.request_id, credentials, head.host))
        faults = account.account.faults
        if faults.planned and (fault := faults.find(operation, request)) is not None:
            find = partial(self._open, account.name, account.region)
            handle = partial(self._handle, operation, request, found.path_values, call, exchange)
            return FaultInjection(fault, exchange, find, handle).begin()
        return self._handle(operation, request, found.path_values, call, exchange, account, None, moment)

    def _find(self, request: Request) -> Found | None:
        """The operation, or None: the caller meets the error once identified. A version is judged before that."""
        try:
            return self.routes.find(request)
        except InvalidVersion:
            raise
        except ApiError:
            return None

    def _find_or_refuse(self, request: Request) -> Found:
        try:
            return self.routes.find(request)
        except UnknownPath:
            raise UnknownPath(self.routes.nearest(request)) from None

    def _handle(
        self,
        operation: Operation,
        request: Request,
        path_values: dict[str, str],
        call: Call,
        exchange: Exchange,
        account: AccountRegion,
        around: Around | None = None,
        moment: float | None = None,
        rounds: int = MAX_ROUNDS,
    ) -> Response:
        """By ``moment`` all has happened that is due; it is not known where others were served since."""
        try:
            if moment is None:
                moment = self._caught_up(operation, account)
            # From here to the answer nothing waits, so no other request comes between.
            exchange.moment = moment
            if rounds and operation.only_reads:
                account.account.renders_left = RENDERED_AT_ONCE
            if around is None:
                body = self._body(operation, request, path_values, call, account)
            else:
                body = around(self._body_in_steps(operation, request, path_values, call, account))
            if not isinstance(body, bytes):
                body = self._begun(body, account.account)
            return Response(200, body)
        except ApiError as error:
            self._check_listed(operation, error, exchange)
            raise
        except OutOfTurn as out:
            handle = partial(self._handle, operation, request, path_values, call, exchange, rounds=max(rounds - 1, 0))
            again = partial(self._again, handle, account.name, account.region, around)
            raise Deferred(after(out, again)) from None
        finally:
            account.account.renders_left = None

    def _caught_up(self, operation: Operation, account: AccountRegion) -> float:
        if self.until_free is not None and (free := self.until_free(only_read(operation, account.account))):
            raise OutOfTurn(free)
        return account.clock.run_some(DUE_AT_ONCE)

    def _again(self, handle: Callable[..., Response], name: str, region: str, around: Around | None) -> Response:
        return handle(self._open(name, region), around)

    def _open(self, name: str, region: str) -> AccountRegion:
        """An account that may have been reset meanwhile."""
        return self.accounts.open(name).in_region(region)

    def _begun(self, steps: Steps[bytes], account: Account) -> bytes:
        """The body that is made in steps, if they end soon; else other calls of the account wait until they have."""
        body = in_one_turn(steps)
        if body is None:
            raise Deferred(AfterWork(account, steps, self.write_out, self._kept))
        return body

    def _kept(self) -> Collection[asyncio.Future[None]]:
        if self.keep is not None:
            self.keep()
        return self.commit() if self.commit is not None else ()

    def _body(
        self, operation: Operation, request: Request, path_values: dict[str, str], call: Call, account: AccountRegion
    ) -> bytes | Steps[bytes]:
        given = (account, path_values, request.head.query, request.body if operation.reads_body else b"", call)
        limits = self.accounts.max_resources
        if operation.is_plain and not limits:
            return orjson.dumps(operation.begin(*given) or {})
        most = None if operation.only_reads else limits.get(account.name)
        token = dict(request.query).get("clientToken", "") if operation.takes_token else ""
        steps = self._result_in_steps(operation, given, most)
        return self._remembered(request, given, token, steps) if token else steps

    def _body_in_steps(
        self, operation: Operation, request: Request, path_values: dict[str, str], call: Call, account: AccountRegion
    ) -> Steps[bytes]:
        body = self._body(operation, request, path_values, call, account)
        return body if isinstance(body, bytes) else (yield from body)

    def _remembered(self, request: Request, given: Given, token: str, steps: Steps[bytes]) -> Steps[bytes]:
        """What was answered to the same request, or what it is answered now."""
        account, body = given[0], given[3]
        of_request, now = fingerprint(request, parse_object(body)), account.clock.now()
        content = account.tokens.response(token, of_request, now)
        if content is None:
            content = yield from steps
            account.tokens.remember(token, of_request, content, now)
        return content

    def _result_in_steps(self, operation: Operation, given: Given, most: int | None) -> Steps[bytes]:
        account = given[0].account
        waiting = awaiting_others(account) if operation.may_look_at_others(given[0]) else nullcontext()
        with waiting, limited(account, most) if most is not None else nullcontext():
            if operation.goes_in_steps:
                return orjson.dumps((yield from operation.handle_in_steps(*given)))
            return orjson.dumps(operation.handle(*given))

    def _check_listed(self, operation: Operation, error: ApiError, exchange: Exchange) -> None:
        if type(error) in operation.allowed_errors:
            return
        exchange.note_unlisted()
        if self._strict:
            raise AssertionError(f"{operation.name} does not list {type(error).__name__}") from error

    def _refusal(self, error: ApiError, exchange: Exchange) -> Response:
        if exchange.account_key is NOWHERE:
            exchange.account_key = self.identity.account_key_named(exchange.request) or NOWHERE
        if self._explain is not None and isinstance(error, SignatureError) and exchange.fault is None:
            log.debug("%s %s: %s", exchange.request_id, error.code, error)
            try:
                explanation = self._explain(exchange.request, exchange.moment)
            except OutOfTurn as out:
                raise Deferred(after(out, partial(self.response, exchange.request, exchange))) from None
            error.explanation = (
                f"{explanation}; {EXPLAIN.format(exchange.request_id)}" if self._explains_more else explanation
            )
        if self._observed_errors and isinstance(error, SignatureError):
            error = IamSignatureInvalid(error.explanation, cause=error.observed)
        body = {"requestId": exchange.request_id, "code": error.code, "message": error.text}
        return Response(error.status, orjson.dumps(body), error.explanation[:MAX_EXPLANATION], error.headers)
