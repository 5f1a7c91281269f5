/** Starts a program that outlives its test unless its group ends with this process. usage: groupOwner PIDFILE */
import { startGroup } from './processGroup';

startGroup('sh', ['-c', 'echo $$ > "$0.new" && mv "$0.new" "$0"; exec sleep 100', process.argv[2] ?? '']);
