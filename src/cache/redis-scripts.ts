/**
 * The reset log in Redis: one hash, so that losing it means losing all of it, and one slot of a cluster, so that every script is atomic.
 *
 *     incarnation   random, made with the hash: another one means that the log was lost in between
 *     seq           number of the last record
 *     lease         the longest lease of a member so far, in milliseconds
 *     r:<n>         record n, JSON, the last 1,024 of them
 *     members       names of the members, each with a space in front
 *     m:<member>    `applied|nonce`
 *
 * The log's identity adds two of the server's to the incarnation: its run id, because a server that restarted may hold an older copy, and its
 * replication id, which changes whenever a server becomes the primary: one that was replaced by a copy and takes over again has the run
 * id it had, and may have missed records all the same. No key expires and no script looks at a clock.
 */

/** Records kept. Who is further behind than that forgets everything, which is correct and only slower. */
export const keptRecords = 1024;

/** Opens the log, and makes it when there is none. Never touches what something else has put there. */
const open = `
local key = KEYS[1]
local info = redis.call('INFO', 'server')
local version = tonumber(string.match(info, 'redis_version:(%d+)') or nil)
local run = string.match(info, 'run_id:(%w+)')
local replication = string.match(redis.call('INFO', 'replication'), 'master_replid:(%w+)')
if not version or not run or not replication then
  return redis.error_reply('NOINFO the commands INFO server and INFO replication have to be allowed, and to answer in full')
end
if version < 5 then return redis.error_reply('TOOOLD Redis 5 or newer is needed, this is Redis ' .. version) end
local kind = redis.call('TYPE', key).ok
if kind ~= 'none' and kind ~= 'hash' then
  return redis.error_reply('FOREIGN the key ' .. key .. ' holds a ' .. kind .. ' and no reset log')
end
if kind == 'none' then redis.call('HSET', key, 'incarnation', ARGV[1], 'seq', 0, 'members', '') end
local head = redis.call('HMGET', key, 'incarnation', 'seq', 'members', 'lease')
local incarnation, seq, lease = head[1], tonumber(head[2] or nil), tonumber(head[4] or 0)
if not incarnation or not seq or not head[3] then
  return redis.error_reply('FOREIGN the hash ' .. key .. ' holds something else than a reset log')
end
local identity = incarnation .. ':' .. run .. ':' .. replication
`;

/** ARGV: candidate incarnation, member, nonce, identity followed, position, lease. Answers identity, seq, lease, records or nil. */
export const renewScript = `${open}
local member, position, ownLease = ARGV[2], tonumber(ARGV[5]), tonumber(ARGV[6])
local same = ARGV[4] == identity
if ownLease > lease then
  lease = ownLease
  redis.call('HSET', key, 'lease', lease)
end
if redis.call('HEXISTS', key, 'm:' .. member) == 0 then
  redis.call('HSET', key, 'members', redis.call('HGET', key, 'members') .. ' ' .. member)
end
redis.call('HSET', key, 'm:' .. member, (same and math.min(position, seq) or 0) .. '|' .. ARGV[3])
if not same or position > seq or position < seq - ${keptRecords} then return {identity, seq, lease, false} end
local fields = {}
for n = position + 1, seq do fields[#fields + 1] = 'r:' .. n end
if #fields == 0 then return {identity, seq, lease, {}} end
return {identity, seq, lease, redis.call('HMGET', key, unpack(fields))}
`;

/**
 * ARGV: candidate incarnation, record, channel of nudges. Answers identity, seq, lease. A nudge that may not be published is one that is lost:
 * the record is there.
 */
export const appendScript = `${open}
seq = redis.call('HINCRBY', key, 'seq', 1)
redis.call('HSET', key, 'r:' .. seq, ARGV[2])
redis.call('HDEL', key, 'r:' .. (seq - ${keptRecords}))
redis.pcall('PUBLISH', ARGV[3], seq)
return {identity, seq, lease}
`;

/** ARGV: candidate incarnation. Answers identity, and name and row of each member in turn. */
export const membersScript = `${open}
local list = {identity}
for member in string.gmatch(redis.call('HGET', key, 'members'), '%S+') do
  list[#list + 1] = member
  list[#list + 1] = redis.call('HGET', key, 'm:' .. member) or '0|'
end
return list
`;

/** ARGV: candidate incarnation, then name and nonce of each member in turn: it stays if it has another nonce by now. */
export const removeMembersScript = `${open}
local members = redis.call('HGET', key, 'members') .. ' '
for n = 2, #ARGV, 2 do
  local row = redis.call('HGET', key, 'm:' .. ARGV[n])
  if not row or string.match(row, '|(.*)$') == ARGV[n + 1] then
    redis.call('HDEL', key, 'm:' .. ARGV[n])
    local from, to = string.find(members, ' ' .. ARGV[n] .. ' ', 1, true)
    if from then members = string.sub(members, 1, from - 1) .. string.sub(members, to) end
  end
end
redis.call('HSET', key, 'members', string.sub(members, 1, -2))
return {identity}
`;
